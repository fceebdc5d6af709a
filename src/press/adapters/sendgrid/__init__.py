"""Twilio SendGrid: mails by its API, and what it tells of them."""

from press.adapters.sendgrid.courier import SendGridCourier

__all__ = ["SendGridCourier"]
