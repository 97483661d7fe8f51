"""The people of the tests, and a database that holds the shipped guide."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import hypothesis
import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.middleware import csrf
from django.template import Context, Template
from django.test import Client
from django.test.signals import template_rendered

from content.models import ContentRevision
from journeys.models import Journey, User
from tests.clock import NOON
from tests.factories import make_journey, make_share, make_user
from tests.visitors import client_of

# The same invented inputs in every run: a test that was green yesterday is green today.
# How long one takes says how busy the machine is.
hypothesis.settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("fixed")


def tell_of_pages_alone(self: Template, context: Context) -> str:
    """Tell the test client of the page and of none of its parts, each of which it would copy."""
    if context.template is self:
        template_rendered.send(sender=self, template=self, context=context)
    return self.nodelist.render(context)


@pytest.fixture(scope="session", autouse=True)
def light_pages(django_test_environment: None) -> None:
    Template._render = tell_of_pages_alone


@pytest.fixture(scope="session", autouse=True)
def tokens_without_words(django_test_environment: None) -> None:
    """Write the form tokens of pages in two letters: in 64 of them any short word is found once."""
    csrf.CSRF_ALLOWED_CHARS = "qz"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Load the shipped guide once: every test sees the content that patients see."""
    with django_db_blocker.unblock():
        if not ContentRevision.objects.exists():  # a database may have been filled before
            # Before every test, also before those that keep the clock of the machine.
            with time_machine.travel(NOON - timedelta(days=60)):
                call_command("load_content", verbosity=0)


@pytest.fixture(autouse=True)
def steady_clock() -> Iterator[None]:
    """Begin every test at the same noon: what passes by day passes at midnight and in a leap year.

    Browsers and servers of their own keep the clock of the machine, and so do their tests.
    """
    with time_machine.travel(NOON):
        yield


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Let nobody pay for the tries of an earlier test, whose people had the same numbers."""
    cache.clear()


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    return client_of


@pytest.fixture
def owner(db: None) -> User:
    return make_user(name="Olive Owner")


@pytest.fixture
def journey(owner: User) -> Journey:
    return make_journey(owner=owner, name="Olive")


@pytest.fixture
def stranger(db: None) -> User:
    """Another patient, with a journey of their own."""
    user = make_user(name="Sam Stranger")
    make_journey(owner=user, name="Sam")
    return user


@pytest.fixture
def viewer(journey: Journey) -> User:
    user = make_user(name="Vera Viewer")
    make_share(journey=journey, user=user, role="viewer")
    return user


@pytest.fixture
def contributor(journey: Journey) -> User:
    user = make_user(name="Conny Contributor")
    make_share(journey=journey, user=user, role="contributor")
    return user


@pytest.fixture
def editor(db: None) -> User:
    return make_user(name="Edi Editor", is_staff=True)


@pytest.fixture
def as_owner(owner: User, journey: Journey) -> Client:
    return client_of(owner)


@pytest.fixture
def as_stranger(stranger: User) -> Client:
    return client_of(stranger)


@pytest.fixture
def as_viewer(viewer: User) -> Client:
    return client_of(viewer)


@pytest.fixture
def as_contributor(contributor: User) -> Client:
    return client_of(contributor)
