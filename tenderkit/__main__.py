"""`python -m tenderkit` is `tenderkit`."""

from tenderkit.cli import main

if __name__ == "__main__":
    main()
