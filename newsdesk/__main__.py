"""``python -m newsdesk`` is the command newsdesk."""

from newsdesk.cli import main

if __name__ == "__main__":
    main()
