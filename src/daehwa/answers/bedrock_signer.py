"""Requests to Amazon Bedrock's OpenAI-compatible API, signed by AWS's credentials of a machine.

On AWS Lambda ``daehwa.aws.bedrock_signer`` does it, without boto3.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from daehwa.answers.endpoints import region_of
from daehwa.answers.errors import KeyMissing, SettingInvalid
from daehwa.answers.settings import Signer


def bedrock_signer(base_url: str, region: str | None) -> Signer:
    """What signs requests to Bedrock with the credentials that boto3 finds.

    Raises:
        SettingInvalid: boto3 is not installed, or there is no region.
    """
    try:
        import botocore.auth  # noqa: PLC0415 - an extra
        import botocore.awsrequest  # noqa: PLC0415
        import botocore.session  # noqa: PLC0415
    except ImportError:
        raise SettingInvalid(f"sign needs boto3: {sys.executable} -m pip install boto3") from None
    session = botocore.session.get_session()
    place = region_of(base_url, region or session.get_config_variable("region"), os.environ)

    def sign(url: str, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
        credentials = session.get_credentials()
        if credentials is None:
            raise KeyMissing("There are no AWS credentials to sign requests to Bedrock with.")
        request = botocore.awsrequest.AWSRequest("POST", url, headers=dict(headers), data=body)
        botocore.auth.SigV4Auth(credentials, "bedrock", place).add_auth(request)
        return dict(request.headers.items())

    return sign
