"""The pages of 增领营业执照副本."""

from hongdun.registration.licence import pages

TOPICS = pages.topics("licence_copies", pages.MoreCopies, pages.HowDelivered, pages.Documents)
