package auth_test

import (
	"net"
	"net/http"
	"os"
	"runtime"
	"syscall"
	"testing"

	"daypass/auth/oidctest"
)

const nobody = 65534

// visitAsNobody sends one request from a thread that belongs to another user, and that ends with it.
func visitAsNobody(t *testing.T, address string) error {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	result := make(chan error)
	go func() {
		runtime.LockOSThread()
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, nobody, nobody, nobody); errno != 0 {
			result <- errno
			return
		}
		result <- getHere(address)
	}()
	return <-result
}

// getHere sends a request without leaving its thread, as http.Client would.
func getHere(address string) error {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	conn, err := net.Dial("tcp", req.URL.Host)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := req.Write(conn); err != nil {
		return err
	}
	_, err = conn.Read(make([]byte, 1))
	return err
}

// Another user of the computer who has seen the link signs in as themselves and brings the answer.
func TestRule45_answerFromAnotherUser(t *testing.T) {
	issuer := oidctest.Start(t)
	w := startSignIn(t, newClient(t, config(issuer)))
	address, err := issuer.Browser().Callback(w.link)
	if err != nil {
		t.Fatal(err)
	}
	if err := visitAsNobody(t, address); err == nil {
		t.Error("the other user got an answer")
	}
	select {
	case <-w.done:
		t.Fatalf("the other user ended the sign-in: %v", w.err)
	default:
	}
	w.stillWaits(issuer)
}
