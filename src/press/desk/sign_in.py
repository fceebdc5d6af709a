"""The name and password for the paper's own WordPress, and which site they go to."""

from __future__ import annotations

import os
from typing import Final

from press.adapters.fetcher import Login, is_private_way, is_same_site
from press.model.finding import Checked, Place, warning

USER: Final = "PRESS_WORDPRESS_USER"
PASSWORD: Final = "PRESS_WORDPRESS_PASSWORD"  # noqa: S105 - a variable's name
#: Which site they are for, where that is not the paper's own.
SITE: Final = "PRESS_WORDPRESS_SITE"


def sign_in(site: str, website: str) -> Checked[Login]:
    """Return the name and password for a site; nothing where there are none for it.

    They are for the paper's website, unless the environment names another: a site that
    was only typed gets none, and none goes over a line on which others can listen.

    Args:
        site: The address of the site that is asked.
        website: The paper's own.
    """
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if not user or not password:
        return Checked(value=None)
    own = os.environ.get(SITE, "") or website
    address = site if "://" in site else f"https://{site}"
    if not is_same_site(own, address):
        why = f"it is for {own}" if own else "nothing says which site it is for"
        hint = f"where it is for this site, set {SITE}={address}"
    elif not is_private_way(address):
        why = "without TLS anybody on the way could read it"
        hint = f"give the address with https: https://{address.partition('://')[2]}"
    else:
        return Checked(value=Login(site=address, user=user, password=password))
    found = warning(
        "intake.password",
        f"the password was not sent: {why}; texts come as the site's pages show them",
        Place(file=address),
        hint,
    )
    return Checked(value=None, findings=(found,))
