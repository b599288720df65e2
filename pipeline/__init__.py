"""From a page to a filed story: reading is pure, filing is one writer."""
