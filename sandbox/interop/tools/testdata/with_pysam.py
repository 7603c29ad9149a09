import pysam


class Tool:
    def __init__(self, place):
        scheme = "s3" if place.endpoint_url.startswith("https:") else "s3+http"
        self.url = f"{scheme}://{place.bucket}/{place.folder}/reads.sam"

    def write(self):
        with pysam.AlignmentFile(self.url, "w", reference_names=["c1"], reference_lengths=[100]) as out:
            read = pysam.AlignedSegment(out.header)
            read.query_name, read.query_sequence, read.reference_id, read.reference_start, read.cigar = "r1", "ACGT", 0, 0, ((0, 4),)
            out.write(read)

    def read(self):
        with pysam.AlignmentFile(self.url) as file:
            assert [r.query_name for r in file] == ["r1"]
