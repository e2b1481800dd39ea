import hashlib


def peppered_hash(text, pepper):
    """What is kept of a number: enough to know it again, too little to read it.

    :param pepper: the database's own secret
    :return: 64 hexadecimal digits
    """
    return hashlib.sha256(f"{pepper}{text}".encode()).hexdigest()
