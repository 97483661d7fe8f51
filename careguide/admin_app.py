"""Django's admin with the site class of the workshop."""

from django.contrib.admin.apps import AdminConfig


class WorkshopConfig(AdminConfig):
    default_site = "content.admin_site.Workshop"
