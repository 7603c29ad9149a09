import numpy
import rasterio

# A TIFF is not written from its beginning to its end, and what is read again is not to come from memory.
options = {"CPL_VSIL_USE_TEMP_FILE_FOR_RANDOM_WRITE": True, "VSI_CACHE": False, "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "CPL_VSIL_CURL_NON_CACHED": "/vsis3/"}


class Tool:
    def __init__(self, place):
        self.path = f"/vsis3/{place.bucket}/{place.folder}/dots.tif"

    def write(self):
        dots = numpy.full((1, 4, 4), 21, dtype="uint8")
        with rasterio.Env(**options), rasterio.open(self.path, "w", driver="GTiff", width=4, height=4, count=1, dtype="uint8") as out:
            out.write(dots)

    def read(self):
        with rasterio.Env(**options), rasterio.open(self.path) as file:
            assert (file.read() == 21).all()
