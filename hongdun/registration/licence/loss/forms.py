"""The pages of a declaration that a licence is void."""

from hongdun.registration.licence import pages

TOPICS = pages.topics("licence_loss", pages.Lost)
