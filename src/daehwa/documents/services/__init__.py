"""Search services of others behind one port: Kendra, a Bedrock knowledge base, OpenSearch."""
