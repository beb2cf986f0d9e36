# A bot file as a version of Amazon Lex V2, and an alias that points at it: `daehwa publish`, run
# whenever the file, the alias or its code hook changes. What is published already is not done again.
#
#   module "bot" {
#     source   = "./deploy/terraform"
#     bot      = "my-bot.zip"
#     alias    = "live"
#     hook_arn = aws_lambda_function.answers.arn
#     role_arn = aws_iam_role.lex.arn
#     region   = "ap-northeast-2"
#   }
#
# The bot is left where it is when the resource is destroyed: others may talk to it.

terraform {
  required_version = ">= 1.4"
}

locals {
  # A folder's files, or the one file: what makes Terraform look again. The command compares contents.
  # fileexists() is an error for a folder.
  files  = try(fileexists(var.bot), false) ? [var.bot] : [for name in sort(fileset(var.bot, "**")) : "${var.bot}/${name}"]
  digest = sha256(join("\n", [for name in local.files : "${name} ${filesha256(name)}"]))
  options = concat(
    ["--alias", var.alias, "--keep", tostring(var.keep), "--json", var.ids_file],
    var.hook_arn == null ? [] : ["--hook", var.hook_arn],
    flatten([for locale, arn in var.hook_arns : ["--hook", "${locale}=${arn}"]]),
    var.role_arn == null ? [] : ["--role-arn", var.role_arn],
    var.name == null ? [] : ["--name", var.name],
    var.region == null ? [] : ["--region", var.region],
    var.endpoint_url == null ? [] : ["--endpoint-url", var.endpoint_url],
    flatten([for locale in var.locales : ["--locale", locale]]),
  )
}

resource "terraform_data" "published" {
  triggers_replace = [local.digest, local.options]

  provisioner "local-exec" {
    # Each option as a value of its own: nothing of it is read by a shell as a command.
    interpreter = concat(var.command, ["publish", var.bot], local.options)
    command     = "--"
  }
}
