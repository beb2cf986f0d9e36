output "ids_file" {
  description = "The JSON file with botId, botVersion and botAliasId, there once the bot is published."
  value       = var.ids_file
  depends_on  = [terraform_data.published]
}
