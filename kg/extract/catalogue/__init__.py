"""Catalogues of breaches whose records name company, attacker and reach."""
