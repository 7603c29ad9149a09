//go:build unix

package agent

import "golang.org/x/sys/unix"

// descriptorLimit returns how many descriptors the process may have. Package os has raised that to the most that is
// allowed when the program started.
func descriptorLimit() uint64 {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return maxConnections
	}
	return uint64(limit.Cur)
}
