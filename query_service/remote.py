"""stub to be replaced at merge"""


def open_remote(*a):
    raise NotImplementedError
