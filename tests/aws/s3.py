"""What S3 does besides moto, and the tests of documents stand on: the conditions of a copy and of the end of an upload
in parts, an upload that it does not know, what it calls the answer that lists parts, and that a document is there with all
that belongs to it, or not at all."""

import threading
from urllib.parse import unquote

from moto.s3.exceptions import MissingKey, NoSuchUpload, PreconditionFailed
from moto.s3.models import S3Backend
from moto.s3.responses import S3Response


def plain(etag):
    return etag.replace('"', "")


def check(response, key_name):
    """The conditions on what a call is to put there."""
    there = response.backend.get_object(response.bucket_name, key_name)
    if response.headers.get("If-None-Match") == "*" and there is not None:
        raise PreconditionFailed("If-None-Match")
    etag = response.headers.get("If-Match")
    if etag and there is None:
        raise MissingKey(key_name)
    if etag and plain(etag) != plain(there.etag):
        raise PreconditionFailed("If-Match")


ALONE = threading.RLock()


def one_after_the_other(name):
    real = getattr(S3Response, name)

    def alone(self, *arguments):
        with ALONE:
            return real(self, *arguments)

    setattr(S3Response, name, alone)


def mend():
    copy, post = S3Response.copy_object, S3Response._key_response_post
    list_parts, upload_part = S3Response.list_parts, S3Backend.upload_part

    def checked_copy(self):
        check(self, self.parse_key_name())
        source = self.headers["x-amz-copy-source"].split("/", 1)[1]
        etag = self.headers.get("x-amz-copy-source-if-match")
        if etag:
            there = self.backend.get_object(self.bucket_name, unquote(source))
            if there is None or plain(there.etag) != plain(etag):
                raise PreconditionFailed("x-amz-copy-source-If-Match")
        return copy(self)

    def checked_post(self, request, body, bucket_name, query, key_name):
        if query.get("uploadId"):
            upload = query["uploadId"][0]
            there = self.backend.get_object(bucket_name, key_name)
            is_done = there is not None and there.multipart and there.multipart.id == upload
            if not is_done and upload not in self.backend.list_multipart_uploads(bucket_name):
                raise NoSuchUpload(upload_id=upload)
            if not is_done:
                check(self, key_name)
        return post(self, request, body, bucket_name, query, key_name)

    def known_part(backend, bucket_name, multipart_id, part_id, value):
        # moto breaks off where there is no such upload.
        if multipart_id not in backend.list_multipart_uploads(bucket_name):
            raise NoSuchUpload(upload_id=multipart_id)
        return upload_part(backend, bucket_name, multipart_id, part_id, value)

    def named_list_parts(self):
        status, headers, body = list_parts(self)
        headers.pop("content-length", None)
        return status, headers, body.replace("ListPartsResponse", "ListPartsResult")

    S3Backend.upload_part = known_part
    S3Response.list_parts = named_list_parts
    S3Response.copy_object = checked_copy
    S3Response._key_response_post = checked_post
    for name in ["_bucket_response", "_key_response"]:
        one_after_the_other(name)
