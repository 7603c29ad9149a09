package rundir

import "golang.org/x/sys/unix"

// PeerUID asks the kernel who is at the other end of a unix socket.
func PeerUID(fd int) (int, error) {
	cred, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(cred.Uid), nil
}

// PeerPID does not say: the name of a process's program cannot be had here.
func PeerPID(int) int { return 0 }
