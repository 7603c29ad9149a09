package tools

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/sandbox/servers"
)

// keyPair is what `daypass gateway add` prints.
type keyPair struct{ endpoint, host, region, id, secret string }

// gateway has a key pair made for a tool.
func (p *user) gateway(tool string, flags ...string) keyPair {
	p.t.Helper()
	printed := map[string]string{}
	for line := range strings.Lines(p.do("daypass", append([]string{"gateway", "add", sandboxID, "--tool", tool}, flags...)...)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		printed[name] = value
	}
	k := keyPair{printed["AWS_ENDPOINT_URL"], strings.TrimPrefix(printed["AWS_ENDPOINT_URL"], "http://"), printed["AWS_REGION"], printed["AWS_ACCESS_KEY_ID"], printed["AWS_SECRET_ACCESS_KEY"]}
	if k.host == "" || k.region == "" || k.id == "" || k.secret == "" {
		p.t.Fatalf("%v", printed)
	}
	return k
}

// holding is the user with a key pair in the environment, and no other credentials.
func (p *user) holding(k keyPair) *user {
	return p.with("AWS_ACCESS_KEY_ID="+k.id, "AWS_SECRET_ACCESS_KEY="+k.secret, "AWS_REGION="+k.region, "AWS_DEFAULT_REGION="+k.region,
		"S3_ENDPOINT_URL="+k.endpoint, "MC_HOST_gw=http://"+k.id+":"+k.secret+"@"+k.host, "RESTIC_PASSWORD=of-the-repository", "RESTIC_PROGRESS_FPS=0.1",
		"RCLONE_CONFIG_GW_TYPE=s3", "RCLONE_CONFIG_GW_PROVIDER=Minio", "RCLONE_CONFIG_GW_ENDPOINT="+k.endpoint, "RCLONE_CONFIG_GW_ACCESS_KEY_ID="+k.id,
		"RCLONE_CONFIG_GW_SECRET_ACCESS_KEY="+k.secret, "RCLONE_CONFIG_GW_REGION="+k.region)
}

// s3cmd returns the options that s3cmd takes from no environment.
func (k keyPair) s3cmd() []string {
	return []string{"--host=" + k.host, "--host-bucket=" + k.host, "--no-ssl", "--no-progress", "--region=" + k.region}
}

// moves are how a tool moves the file that it is given to an object and back.
type moves struct {
	list, up, down func(file, object string) []string
}

func gatewayTools(k keyPair) map[string]moves {
	aws := []string{"aws", "--endpoint-url", k.endpoint, "s3"}
	s3cmd := append([]string{"s3cmd"}, k.s3cmd()...)
	with := func(command []string, args ...string) []string {
		return append(append([]string{}, command...), args...)
	}
	return map[string]moves{
		"aws": {
			func(_, o string) []string { return with(aws, "ls", "s3://"+o) },
			func(f, o string) []string { return with(aws, "cp", f, "s3://"+o) }, func(f, o string) []string { return with(aws, "cp", "s3://"+o, f) },
		},
		"s5cmd": {
			func(_, o string) []string { return []string{"s5cmd", "ls", "s3://" + o} },
			func(f, o string) []string { return []string{"s5cmd", "cp", f, "s3://" + o} }, func(f, o string) []string { return []string{"s5cmd", "cp", "s3://" + o, f} },
		},
		"mc": {
			func(_, o string) []string { return []string{"mc", "ls", "gw/" + o} },
			func(f, o string) []string { return []string{"mc", "cp", f, "gw/" + o} }, func(f, o string) []string { return []string{"mc", "cp", "gw/" + o, f} },
		},
		"rclone": {
			func(_, o string) []string { return []string{"rclone", "lsf", "gw:" + o} },
			func(f, o string) []string { return []string{"rclone", "copyto", f, "gw:" + o} }, func(f, o string) []string { return []string{"rclone", "copyto", "gw:" + o, f} },
		},
		"s3cmd": {
			func(_, o string) []string { return with(s3cmd, "ls", "s3://"+o) },
			func(f, o string) []string { return with(s3cmd, "put", f, "s3://"+o) }, func(f, o string) []string { return with(s3cmd, "get", "s3://"+o, f) },
		},
	}
}

// Every tool moves a large file in several parts and a name with odd characters through the gateway, with a fixed pair
// of keys and no session token. The ledger counts it, and the environment holds nothing of the user's credentials.
func TestGateway_everyTool(t *testing.T) {
	p := signedIn(t, servers.Ada)
	large := make([]byte, 20<<20)
	_, _ = rand.Read(large)
	up := p.write("up", string(large), 0o600)
	for name := range gatewayTools(keyPair{}) {
		t.Run(name, func(t *testing.T) {
			p := p.in(t)
			k := p.gateway(name)
			p, do := p.holding(k), gatewayTools(k)[name]
			object := "measurements/tools/gateway " + name + "+ä&=%.bin"
			run := func(command []string) string {
				t.Helper()
				return p.do(command[0], command[1:]...)
			}
			run(do.up(up, object))
			if out := run(do.list("", "measurements/tools/")); !strings.Contains(out, "gateway "+name) {
				t.Errorf("%s", out)
			}
			run(do.down(p.path("down-"+name), object))
			if p.read("down-"+name) != string(large) {
				t.Error("other bytes came back")
			}
			if seen := p.pair(name); seen.Sent < int64(len(large)) || seen.Received < int64(len(large)) || seen.Fetches < 3 {
				t.Errorf("%+v", seen)
			}
		})
	}
}

// pair is what the ledger has of a tool.
func (p *user) pair(tool string) (found struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	Fetches        int    `json:"fetches"`
	Refused        int    `json:"refused"`
	Sent, Received int64
},
) {
	p.t.Helper()
	text := p.do("daypass", "gateway", "list", "--json")
	dec := json.NewDecoder(strings.NewReader(text))
	_, _ = dec.Token()
	for dec.More() {
		next := found
		p.must(dec.Decode(&next))
		if next.Name == tool {
			return next
		}
	}
	p.t.Fatalf("%s is not listed: %s", tool, text)
	return found
}

// Tools that know neither session tokens nor renewal run for longer than three lifetimes of the credentials.
func TestGateway_threeLifetimes(t *testing.T) {
	p := signedIn(t, servers.Ada)
	const seconds, limit = 3*int(keyLife/time.Second) + 10, 40 // KiB a second
	random := make([]byte, seconds*limit<<10)
	_, _ = rand.Read(random)
	up := p.write("up", string(random), 0o600)
	restic, s3cmd := p.gateway("restic"), p.gateway("s3cmd")
	repository := []string{"-r", "s3:" + restic.endpoint + "/measurements/tools/gateway-restic"}
	before := p.status().Renewals
	p.holding(restic).do("restic", append(repository, "init")...)
	var both sync.WaitGroup
	long := func(k keyPair, program string, args ...string) {
		both.Go(func() {
			begun := time.Now()
			if out, words, err := p.holding(k).try(program, args...); err != nil || time.Since(begun) < 3*keyLife {
				t.Errorf("%s: over after %v: %v\n%s%s", program, time.Since(begun), err, out, words)
			}
		})
	}
	long(restic, "restic", append(repository, "backup", "--limit-upload", strconv.Itoa(limit), up)...)
	long(s3cmd, "s3cmd", append(s3cmd.s3cmd(), "--limit-rate="+strconv.Itoa(limit)+"k", "--multipart-chunk-size-mb=5", "put", up, "s3://measurements/tools/gateway-s3cmd")...)
	both.Wait()
	if n := p.status().Renewals - before; n < 3 {
		t.Errorf("%d renewals", n)
	}
	p.holding(restic).do("restic", append(repository, "restore", "latest", "--target", p.path("down"))...)
	p.holding(s3cmd).do("s3cmd", append(s3cmd.s3cmd(), "get", "s3://measurements/tools/gateway-s3cmd", p.path("down-s3cmd"))...)
	for _, name := range []string{"down" + up, "down-s3cmd"} {
		if p.read(name) != string(random) {
			t.Errorf("%s: other bytes came back", name)
		}
	}
}

// A presigned link works, and a range of it; a pair that is limited, paused or revoked does not reach what it should not.
func TestGateway_linksLimitsAndRevocation(t *testing.T) {
	p := signedIn(t, servers.Ada)
	k := p.gateway("aws")
	aws := func(k keyPair, args ...string) (string, error) {
		out, words, err := p.holding(k).try("aws", append([]string{"--endpoint-url", k.endpoint, "s3"}, args...)...)
		return out + words, err
	}
	up := p.write("up", content, 0o600)
	if out, err := aws(k, "cp", up, "s3://measurements/tools/gateway-link"); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	link, err := aws(k, "presign", "s3://measurements/tools/gateway-link")
	if err != nil {
		t.Fatalf("%v %s", err, link)
	}
	if got := fetched(t, strings.TrimSpace(link), "bytes=0-3"); got != content[:4] {
		t.Errorf("%q", got)
	}
	limited := p.gateway("limited", "--only", "measurements/tools/")
	for command, works := range map[string]bool{
		"ls s3://measurements/tools/": true, "ls s3://measurements/": false, "cp " + up + " s3://measurements/tools/gateway-no": false,
	} {
		if out, err := aws(limited, strings.Fields(command)...); (err == nil) != works {
			t.Errorf("%s: %v %s", command, err, out)
		}
	}
	for _, step := range []struct{ verb, says string }{{"pause", "paused"}, {"resume", ""}, {"revoke", "InvalidAccessKeyId"}} {
		p.do("daypass", "gateway", step.verb, p.pair("aws").ID)
		out, err := aws(k, "ls", "s3://measurements/tools/")
		if (err == nil) != (step.says == "") || !strings.Contains(out, step.says) {
			t.Errorf("%s: %v %s", step.verb, err, out)
		}
	}
	p.do("daypass", "logout", sandboxID)
	if out, err := aws(limited, "ls", "s3://measurements/tools/"); err == nil || !strings.Contains(out, "InvalidAccessKeyId") {
		t.Errorf("signed out: %v %s", err, out)
	}
}

func fetched(t *testing.T, link, part string) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, link, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Range", part)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusPartialContent {
		t.Errorf("%d %s %v", res.StatusCode, body, err)
	}
	return string(body)
}

// The real server refuses a body that has not the hash that was signed, no administrator's call reaches it, other users
// reach nothing, and no answer holds anything of the user's credentials.
func TestRule49_gatewayBeforeRealServer(t *testing.T) {
	p := signedIn(t, servers.Ada)
	k := p.gateway("hostile")
	own := p.holding(k)
	var keys map[string]any
	p.must(json.Unmarshal([]byte(p.do("daypass", "creds", sandboxID)), &keys))
	send := func(method, target string, body []byte, hash string) string {
		t.Helper()
		r, err := http.NewRequest(method, k.endpoint+target, bytes.NewReader(body))
		p.must(err)
		r.Header.Set("X-Amz-Content-Sha256", hash)
		res, err := http.DefaultClient.Do(signer.SignV4(*r, k.id, k.secret, "", k.region))
		p.must(err)
		defer res.Body.Close()
		answer, err := io.ReadAll(res.Body)
		p.must(err)
		for _, name := range []string{"AccessKeyId", "SecretAccessKey", "SessionToken"} {
			if text := fmt.Sprint(res.Header, string(answer)); strings.Contains(text, keys[name].(string)) {
				t.Errorf("%s is in the answer to %s %s: %s", name, method, target, text)
			}
		}
		return fmt.Sprint(res.StatusCode, " ", string(answer))
	}
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	if got := send("PUT", "/measurements/tools/gateway-hash", []byte("other bytes"), empty); !strings.HasPrefix(got, "400 ") || !strings.Contains(got, "XAmzContentSHA256Mismatch") {
		t.Errorf("%s", got)
	}
	for target, method := range map[string]string{
		"/minio/admin/v3/add-service-account": "PUT", "/minio/admin/v3/info": "GET", "/x/../minio/admin/v3/info": "GET", "/?Action=AssumeRole&Version=2011-06-15": "POST",
	} {
		if got := send(method, target, nil, empty); !strings.HasPrefix(got, "403 ") || !strings.Contains(got, "buckets and objects only") {
			t.Errorf("%s: %s", target, got)
		}
	}
	for _, target := range []string{"/nowhere/x", "/measurements/none", "/measurements?policy", "/measurements/x?uploadId=none"} {
		send("GET", target, nil, empty)
	}
	out, err := asNobody(t, "/usr/bin/curl", "-s", "-S", "--max-time", "10", k.endpoint)
	if err == nil || strings.Contains(out, "<Error>") {
		t.Errorf("another user is answered: %s", out)
	}
	own.do("s5cmd", "ls", "s3://measurements/")
}
