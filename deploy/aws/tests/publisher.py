"""Somebody who publishes a bot into the deployed account, with rights of their own."""

import json
import subprocess

from account import DAEHWA, PATIENCE
from botocore.exceptions import ClientError


class Publisher:
    """Somebody with a key of their own, who may do on Lambda what ``actions`` say."""

    def __init__(self, deployed):
        self.deployed = deployed
        iam = deployed.client("iam")
        iam.create_user(UserName="publisher")
        self._key = iam.create_access_key(UserName="publisher")["AccessKey"]

    def allow(self, *actions):
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        document = {"Version": "2012-10-17", "Statement": [statement]}
        self.deployed.client("iam").put_user_policy(
            UserName="publisher", PolicyName="own", PolicyDocument=json.dumps(document)
        )

    def publish(self, path):
        """Run ``daehwa publish`` with the deployment's code hook; code and what it printed."""
        account, outputs = self.deployed.account, self.deployed.outputs
        role = f"arn:aws:iam::{account.number}:role/lex"
        done = subprocess.run(
            [
                *(DAEHWA, "publish", path, "--alias", "stage"),
                *("--name", "Published", "--role-arn", role),
                *("--hook", outputs["HookArn"], "--region", account.region),
            ],
            env=account.environ
            | {
                "AWS_ENDPOINT_URL_LEX_MODELS_V2": f"http://127.0.0.1:{account.lex_port}",
                "AWS_ACCESS_KEY_ID": self._key["AccessKeyId"],
                "AWS_SECRET_ACCESS_KEY": self._key["SecretAccessKey"],
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def permissions(self):
        """Who may call the code hook, by the resource policy of the function."""
        try:
            policy = self.deployed.client("lambda").get_policy(
                FunctionName=self.deployed.outputs["HookArn"]
            )["Policy"]
        except ClientError:
            return []
        ours = "lexv2.amazonaws.com"
        return [
            one["Condition"]["ArnLike"]["AWS:SourceArn"]
            for one in json.loads(policy)["Statement"]
            if one["Principal"] == {"Service": ours}
        ]
