package agent

// maxConnections and minConnections bound the connections to the socket that are open at a time (rule 45); further ones
// wait in the system's queue. Fifty programs that ask at once for credentials are usual, hundreds are not.
const (
	maxConnections = 256
	minConnections = 8
)

// connectionShare is the part of all descriptors that connections to the socket may take: transfers, the other
// listeners and files need the rest.
const connectionShare = 4

// connectionLimit returns how many connections there may be in a process with so many descriptors.
func connectionLimit(descriptors uint64) int {
	return int(max(minConnections, min(maxConnections, descriptors/connectionShare)))
}
