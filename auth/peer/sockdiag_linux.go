package peer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net/netip"

	"golang.org/x/sys/unix"
)

// socketID, diagRequest and diagAnswer are inet_diag_sockid, inet_diag_req_v2 and inet_diag_msg of
// linux/inet_diag.h. Numbers are in the machine's order, ports and addresses in the network's.
type socketID struct {
	SourcePort, DestinationPort [2]byte
	Source, Destination         [16]byte
	Interface                   uint32
	Cookie                      [2]uint32
}

type diagRequest struct {
	Header                               unix.NlMsghdr
	Family, Protocol, Extensions, Unused uint8
	States                               uint32
	ID                                   socketID
}

type diagAnswer struct {
	Family, State, Timer, Retransmits uint8
	ID                                socketID
	Expires, ReadQueue, WriteQueue    uint32
	UID, Inode                        uint32
}

const (
	sockDiagByFamily = 20 // SOCK_DIAG_BY_FAMILY
	noCookie         = ^uint32(0)
)

var errNoAnswer = errors.New("sock_diag: no answer")

// askKernel looks the socket up that is bound to local and connected to remote, by sock_diag(7). It
// takes the same time however many sockets there are.
func askKernel(local, remote netip.AddrPort) (s socket, found bool, err error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, unix.NETLINK_INET_DIAG)
	if err != nil {
		return s, false, err
	}
	defer unix.Close(fd)
	if err := unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Sec: 1}); err != nil {
		return s, false, err
	}
	request := newDiagRequest(local, remote)
	var out bytes.Buffer
	if err := binary.Write(&out, binary.NativeEndian, request); err != nil {
		return s, false, err
	}
	if err := unix.Sendto(fd, out.Bytes(), 0, &unix.SockaddrNetlink{Family: unix.AF_NETLINK}); err != nil {
		return s, false, err
	}
	in := make([]byte, 4096)
	n, _, err := unix.Recvfrom(fd, in, 0)
	if err != nil {
		return s, false, err
	}
	return readDiag(in[:n], request.ID)
}

func newDiagRequest(local, remote netip.AddrPort) diagRequest {
	r := diagRequest{Family: unix.AF_INET, Protocol: unix.IPPROTO_TCP, States: ^uint32(0)}
	r.Header = unix.NlMsghdr{Len: uint32(binary.Size(r)), Type: sockDiagByFamily, Flags: unix.NLM_F_REQUEST}
	if local.Addr().Is6() {
		r.Family = unix.AF_INET6
	}
	copy(r.ID.Source[:], local.Addr().AsSlice())
	copy(r.ID.Destination[:], remote.Addr().AsSlice())
	binary.BigEndian.PutUint16(r.ID.SourcePort[:], local.Port())
	binary.BigEndian.PutUint16(r.ID.DestinationPort[:], remote.Port())
	r.ID.Cookie = [2]uint32{noCookie, noCookie}
	return r
}

// readDiag reads the kernel's answer. Where there is no such connection the kernel may answer with a
// socket that listens at the port: that is not the one.
func readDiag(in []byte, requested socketID) (s socket, found bool, err error) {
	r := bytes.NewReader(in)
	var header unix.NlMsghdr
	if err := binary.Read(r, binary.NativeEndian, &header); err != nil {
		return s, false, err
	}
	switch header.Type {
	case unix.NLMSG_ERROR:
		var code int32
		if err := binary.Read(r, binary.NativeEndian, &code); err != nil {
			return s, false, err
		}
		if unix.Errno(-code) == unix.ENOENT {
			return s, false, nil
		}
		return s, false, unix.Errno(-code)
	case sockDiagByFamily:
		var answer diagAnswer
		if err := binary.Read(r, binary.NativeEndian, &answer); err != nil {
			return s, false, err
		}
		same := answer.ID.SourcePort == requested.SourcePort && answer.ID.DestinationPort == requested.DestinationPort
		return socket{answer.UID, answer.Inode}, same, nil
	}
	return s, false, errNoAnswer
}
