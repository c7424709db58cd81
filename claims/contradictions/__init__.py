"""What live articles advise on doses and timing, and where two of them contradict each other (DOS04)."""
