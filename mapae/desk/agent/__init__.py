"""Pages for local agents and headquarters: what is asked, answers, figures."""
