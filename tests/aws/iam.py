"""What IAM does besides moto, and the tests of a login for documents stand on: ids of the right form, and a user that stays
while something is on it."""

import random

from moto.iam.exceptions import DeleteConflictException
from moto.iam.models import IAMBackend

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def mend():
    create, delete = IAMBackend.create_user, IAMBackend.delete_user

    def create_user(self, *arguments, **named):
        user = create(self, *arguments, **named)
        user.id = "AIDA" + "".join(random.choice(CAPITALS) for _ in range(17))
        return user

    def delete_user(self, user_name):
        user = self.get_user(user_name)
        if user.access_keys or any(user in group.users for group in self.groups.values()):
            raise DeleteConflictException("Cannot delete entity, must remove what is on it first.")
        delete(self, user_name)

    IAMBackend.create_user, IAMBackend.delete_user = create_user, delete_user
