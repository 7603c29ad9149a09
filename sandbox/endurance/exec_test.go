package endurance

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"daypass/sandbox/headless"
)

// askerVariable makes this test program one that fetches credentials whenever it reads a line.
const askerVariable = "FETCH_BY_LINE"

func init() {
	if os.Getenv(askerVariable) == "" {
		return
	}
	uri := os.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI")
	fmt.Println(uri)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		fmt.Println(fetch(uri))
	}
	os.Exit(0)
}

// fetch returns the status with which the endpoint answers.
func fetch(uri string) string {
	req, err := http.NewRequest(http.MethodGet, uri, nil)
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Authorization", os.Getenv(tokenVariable))
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	return answer.Status
}

// The agent is killed under a running `daypass exec`. The port stays its own, so that no other program can take it and
// receive the program's token; once there is an agent again the program gets credentials at the same address.
func TestRule45_execKeepsItsPortWithoutAgent(t *testing.T) {
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	cmd := p.Command(p.ctx, p.Program, "exec", "lake", "--", os.Args[0])
	cmd.Env = append(cmd.Env, askerVariable+"=1")
	in, err := cmd.StdinPipe()
	p.must(err)
	out, err := cmd.StdoutPipe()
	p.must(err)
	p.must(cmd.Start())
	lines := bufio.NewScanner(out)
	line := func() string {
		t.Helper()
		if !lines.Scan() {
			t.Fatal("the program ended:", lines.Err())
		}
		return lines.Text()
	}
	ask := func() string {
		t.Helper()
		_, err := fmt.Fprintln(in)
		p.must(err)
		return line()
	}
	address, err := url.Parse(line())
	p.must(err)
	if got := ask(); got != "200 OK" {
		t.Fatal("with the agent:", got)
	}
	p.must(headless.Until(p.ctx, "the session to be stored", p.hasFile))
	p.Kill()
	if l, err := net.Listen("tcp", address.Host); err == nil {
		l.Close()
		t.Error("another program can listen at", address.Host)
	}
	p.start()
	p.active("lake")
	if got := ask(); !strings.HasPrefix(got, "200") {
		t.Error("with the next agent:", got)
	}
	p.must(in.Close())
	p.must(cmd.Wait())
}
