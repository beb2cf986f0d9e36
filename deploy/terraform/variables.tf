variable "bot" {
  description = "The bot: a project, a Lex V2 export (zip or folder), or a CloudFormation template that defines it."
  type        = string
}

variable "alias" {
  description = "The alias to point at the version: letters and digits, with single hyphens or underscores between."
  type        = string
  default     = "live"

  validation {
    condition     = can(regex("^([0-9A-Za-z][_-]?){1,100}$", var.alias)) && !contains(["TestBotAlias", "TSTALIASID"], var.alias)
    error_message = "Take letters and digits, with single hyphens or underscores between; TestBotAlias and its id are Lex's own."
  }
}

variable "hook_arn" {
  description = "The AWS Lambda that is the alias's code hook; without one the alias keeps its own."
  type        = string
  default     = null
}

variable "hook_arns" {
  description = "The AWS Lambda of single locales, by locale, such as { ko_KR = aws_lambda_function.korean.arn }; the others have hook_arn."
  type        = map(string)
  default     = {}
}

variable "role_arn" {
  description = "The role that a new bot runs with."
  type        = string
  default     = null
}

variable "name" {
  description = "The bot's name in the account; by default that of its file."
  type        = string
  default     = null
}

variable "locales" {
  description = "The locales to publish; all of them by default."
  type        = list(string)
  default     = []
}

variable "keep" {
  description = "How many published versions are kept beside those that aliases use."
  type        = number
  default     = 10
}

variable "region" {
  description = "The region; by default that of the AWS settings of the machine that runs Terraform."
  type        = string
  default     = null
}

variable "endpoint_url" {
  description = "A Daehwa server in the place of AWS, such as http://127.0.0.1:8080."
  type        = string
  default     = null
}

variable "ids_file" {
  description = "Where the ids of bot, version and alias are written, as JSON."
  type        = string
  default     = "bot-ids.json"
}

variable "command" {
  description = "The daehwa command, with boto3 installed beside it."
  type        = list(string)
  default     = ["daehwa"]
}
