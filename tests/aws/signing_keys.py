"""Keys of an issuer, made and used by OpenSSL."""

import base64
import json
import subprocess


def encoded(raw):
    raw = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class SigningKey:
    """A private key of OpenSSL's, and its public half as a JWK."""

    def __init__(self, place, name, bits=2048):
        self.name = name
        self.file = place / f"{name}.pem"
        self._openssl("genrsa", "-out", str(self.file), str(bits))
        shown = self._openssl("rsa", "-in", str(self.file), "-noout", "-modulus")
        modulus = bytes.fromhex(shown.decode().strip().partition("=")[2])
        self.jwk = {"kty": "RSA", "use": "sig", "kid": name, "alg": "RS256"}
        self.jwk |= {"n": encoded(modulus), "e": encoded(b"\x01\x00\x01")}

    def sign(self, claims, *, digest="-sha256", **header):
        given = {"alg": "RS256", "kid": self.name} | header
        head = {name: value for name, value in given.items() if value is not None}
        content = f"{encoded(head)}.{encoded(claims)}".encode()
        signature = self._openssl("dgst", digest, "-sign", str(self.file), given=content)
        return f"{content.decode()}.{encoded(signature)}"

    def _openssl(self, *arguments, given=b""):
        done = subprocess.run(
            ["openssl", *arguments], input=given, capture_output=True, check=True, timeout=120
        )
        return done.stdout
