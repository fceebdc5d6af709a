"""Mail servers: mails by SMTP, signed where the server does not sign."""

from press.adapters.smtp.courier import SmtpCourier

__all__ = ["SmtpCourier"]
