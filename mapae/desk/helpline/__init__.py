"""The helpline: complaints of consumers from intake to the outcome told."""
