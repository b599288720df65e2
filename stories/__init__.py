"""What is kept, and how to ask for it. Imports nothing of ours."""
