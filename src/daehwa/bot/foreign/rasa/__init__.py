"""Reading an assistant of Rasa: its domain, training data, rules and stories."""
