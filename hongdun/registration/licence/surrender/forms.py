"""The pages of handing licences in."""

from hongdun.registration.licence import pages

TOPICS = pages.topics("licence_surrender", pages.HandedIn, pages.WayBack)
