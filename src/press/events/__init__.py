"""What providers and readers tell of mails, in the words of the house."""
