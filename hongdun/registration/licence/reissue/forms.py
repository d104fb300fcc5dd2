"""The pages of 补领营业执照."""

from hongdun.registration.licence import pages

TOPICS = pages.topics("licence_reissue", pages.Missing, pages.HowDelivered, pages.Documents)
