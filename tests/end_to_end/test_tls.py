"""HTTPS: with a certificate that is made at the start, and with one from files."""

import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request

import boto3
import pytest

from daehwa.answers import ChatGPT, Endpoint
from daehwa.server import ServerError, TlsFiles, make_certificate
from daehwa.server.tls import checked

from .conftest import environment, serving


@pytest.fixture(scope="module")
def secured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    with serving(folder, "--answer", "none", "--tls", scheme="https") as served:
        served.wait_for_output("Talk to it at https://127.0.0.1")
        line = next(line for line in served.log.splitlines() if "The certificate is" in line)
        yield served, line.rpartition(" ")[2]


def test_boto3_talks_to_it_when_it_is_shown_the_certificate(secured):
    served, certificate = secured
    lex = boto3.client(
        "lexv2-runtime",
        endpoint_url=served.url,
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
        verify=certificate,
    )
    reply = lex.recognize_text(
        botId="HELLOWORLD",
        botAliasId="TSTALIASID",
        localeId="ko_KR",
        sessionId="tls",
        text="안녕",
    )
    assert reply["messages"]


def test_who_does_not_know_the_certificate_does_not_get_in(secured):
    served, _ = secured
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(served.url + "/healthz", timeout=10)


async def test_a_model_whose_certificate_nobody_trusts_has_a_cure_of_its_own(secured):
    served, _ = secured
    async with ChatGPT(Endpoint(base_url=f"{served.url}/v1", model="bot")) as model:
        (readiness,) = await model.examine()
    assert "certificate is not trusted" in readiness.error.message
    assert "SSL_CERT_FILE" in readiness.error.cure


@pytest.mark.parametrize("version", ["h2", "http/1.1"])
def test_both_versions_of_http_are_offered(secured, version):
    served, certificate = secured
    context = ssl.create_default_context(cafile=certificate)
    context.set_alpn_protocols([version])
    with (
        socket.create_connection(("127.0.0.1", served.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        assert secure.selected_alpn_protocol() == version


def test_a_renewed_certificate_is_used_without_a_restart(secured, tmp_path):
    served, certificate = secured
    renewed = make_certificate(tmp_path, "127.0.0.1")
    context = ssl.create_default_context(cafile=renewed.certificate)
    before = ssl.create_default_context(cafile=certificate)
    with (
        socket.create_connection(("127.0.0.1", served.port), timeout=60) as plain,
        before.wrap_socket(plain, server_hostname="localhost") as kept,
    ):
        kept.sendall(b"POST /chat HTTP/1.1\r\nhost: localhost\r\ncontent-length: 15\r\n\r\n")
        # As certbot does: one after the other, by moving them.
        renewed.key.replace(f"{certificate.removesuffix('certificate.pem')}key.pem")
        served.wait_for_output("certificate_not_read")
        shutil.copy(renewed.certificate, certificate)
        served.wait_for_output("certificate_changed")
        # Who is being served goes on; the next connection sees the new one.
        while True:
            try:
                urllib.request.urlopen(served.url + "/healthz", timeout=60, context=context)
            except urllib.error.URLError:
                time.sleep(0.1)
            else:
                break
        kept.sendall(b'{"text": "hi"} ')
        # 408 where this machine was so busy that the body's time was over.
        assert kept.recv(12) in (b"HTTP/1.1 200", b"HTTP/1.1 408")


def test_files_that_do_not_fit_are_named_before_anything_starts(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    first, second = make_certificate(one, "127.0.0.1"), make_certificate(other, "127.0.0.1")
    with pytest.raises(ServerError, match=r"not a certificate and its key"):
        checked(TlsFiles(first.certificate, second.key))
    with pytest.raises(ServerError, match="does not exist"):
        checked(TlsFiles(first.certificate, tmp_path / "nothing.pem"))
    assert first.key.stat().st_mode & 0o077 == 0


def test_a_certificate_without_its_key_is_a_mistake_of_the_command(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "daehwa", "serve", "--tls-certificate", "c.pem"],
        cwd=tmp_path,
        env=environment(DAEHWA_DATA=str(tmp_path / "data")),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert "go together" in run.stderr
    assert "Traceback" not in run.stderr


def test_without_openssl_the_cure_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match="apt-get install openssl"):
        make_certificate(tmp_path, "127.0.0.1")
