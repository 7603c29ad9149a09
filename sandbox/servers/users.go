package servers

// User is one of the people whom the sandbox's Dex knows.
type User struct {
	// Email is the name to sign in with.
	Email    string
	Password string
	// Name is what the ID token calls them.
	Name string
	// May says in words what their policy allows in claim mode.
	May string
	// Policy is the MinIO policy that their groups claim names.
	Policy string
}

// The people. In role mode each of them may do what the role's policy says.
var (
	// Ada may read and write everything.
	Ada = User{"ada@example.com", "ada", "Ada Lovelace", "read and write everything", "readwrite"}
	// Reader may read one bucket.
	Reader = User{"reader@example.com", "reader", "Rosa Reader", "read one bucket", readerPolicy}
	// NoList may use one bucket, but STS keys of theirs cannot list buckets.
	NoList = User{"nolist@example.com", "nolist", "Nora Partner", "use one bucket, but not list buckets", partnerPolicy}
	// NoPolicy is refused by STS: no policy has the name that their claim gives.
	NoPolicy = User{"nopolicy@example.com", "nopolicy", "Noah Newcomer", "nothing: the storage server refuses", "no-such-policy"}
)

// Users returns everybody.
func Users() []User { return []User{Ada, Reader, NoList, NoPolicy} }
