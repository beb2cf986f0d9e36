"""What stands for ``aws-emulator`` where that is not: its command line, HTTPS, keys and files.

    python tests/aws_emulator_stand_in.py --port PORT

Behind it is the emulated account of the other tests (``emulator.py``), so that it shows that the
machinery of ``aws_emulator.py`` works, and nothing of what AWS Emulator can do. Source of what it
claims: that module's. It is ruder in one thing: its certificate is the last file to be there.
"""

import argparse
import contextlib
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

_PIECE = 1 << 16


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parser = argparse.ArgumentParser(prog="aws-emulator", allow_abbrev=False)
    parser.add_argument("-p", "--port", type=int, default=9297)
    port = parser.parse_args().port
    folder = Path.home() / ".aws/emulator" / str(port)
    folder.mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        behind = probe.getsockname()[1]
    region = os.environ.get("AWS_DEFAULT_REGION", "ap-northeast-2")
    own = {
        "GATEWAY_PORT": str(behind),
        "BIND_HOST": "127.0.0.1",
        "LEX_PORT": "1",  # nothing there: Lex is not its business
        "EMULATED_LEX": str(folder / "lex"),
        "AWS_DEFAULT_REGION": region,
        "AUTH": "false",
    }
    script = Path(__file__).with_name("emulator.py")
    account = subprocess.Popen([sys.executable, script], env=os.environ | own)
    try:
        (folder / "config").write_text(f"[default]\nregion = {region}\n")
        (folder / "emulator_credentials").write_text(
            f"[default]\naws_access_key_id = AKIA{secrets.token_hex(8).upper()}\n"
            f"aws_secret_access_key = {secrets.token_urlsafe(30)}\n"
        )
        serve(port, behind, make_certificate(folder))
    finally:
        account.terminate()
        shutil.rmtree(folder)


def make_certificate(folder):
    """A context with a certificate for loopback, which is shown in ``ca.pem``."""
    key, certificate = folder / "key.pem", folder / "made.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-noenc", "-days", "2", "-subj", "/CN=AWS Emulator stand-in"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    command += ["-addext", "basicConstraints=critical,CA:TRUE"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    certificate.rename(folder / "ca.pem")
    return context


def serve(port, behind, context):
    """Pass what comes by TLS on to the account, for ever."""
    with socket.create_server(("127.0.0.1", port), backlog=128) as listening:
        while True:
            line, _ = listening.accept()
            threading.Thread(target=pass_on, args=(line, behind, context), daemon=True).start()


def pass_on(line, behind, context):
    with (
        contextlib.suppress(OSError),
        contextlib.closing(line),
        context.wrap_socket(line, server_side=True) as near,
        socket.create_connection(("127.0.0.1", behind)) as far,
    ):
        back = threading.Thread(target=copy, args=(far, near), daemon=True)
        back.start()
        copy(near, far)
        back.join()


def copy(source, target):
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    main()
