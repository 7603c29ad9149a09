import pathlib
import tempfile

from mlflow.store.artifact.s3_artifact_repo import S3ArtifactRepository


class Tool:
    def __init__(self, place):
        self.artifacts = S3ArtifactRepository(place.url)
        self.folder = pathlib.Path(tempfile.mkdtemp())
        (self.folder / "model.txt").write_text("temperature 21.4")

    def write(self):
        self.artifacts.log_artifact(str(self.folder / "model.txt"))

    def list(self):
        assert [a.path for a in self.artifacts.list_artifacts()] == ["model.txt"]

    def read(self):
        assert pathlib.Path(self.artifacts.download_artifacts("model.txt")).read_text() == "temperature 21.4"
