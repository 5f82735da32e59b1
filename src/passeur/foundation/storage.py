"""Static files as they are served: names carry a hash of the content, so browsers keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Also follows the imports between our JavaScript modules."""

    support_js_module_import_aggregation = True
