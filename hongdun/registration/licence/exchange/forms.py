"""The pages of 换领营业执照."""

from hongdun.registration.licence import pages

TOPICS = pages.topics("licence_exchange", pages.Worn, pages.HowDelivered, pages.Documents)
