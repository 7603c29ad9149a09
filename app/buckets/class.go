package buckets

// StorageClasses are the storage classes of S3, from the one that is read most to the one that is read least. Servers
// have others of their own.
var StorageClasses = []string{
	"EXPRESS_ONEZONE", "STANDARD", "REDUCED_REDUNDANCY", "INTELLIGENT_TIERING", "STANDARD_IA", "ONEZONE_IA",
	"GLACIER_IR", "GLACIER", "DEEP_ARCHIVE", "OUTPOSTS", "SNOW",
}

// maxClass bounds the name of a storage class, in bytes.
const maxClass = 64

// classOf returns the name of a storage class. The known ones take no memory of their own.
func classOf(name []byte) string {
	for _, known := range StorageClasses {
		if string(name) == known {
			return known
		}
	}
	return string(name[:min(len(name), maxClass)])
}
