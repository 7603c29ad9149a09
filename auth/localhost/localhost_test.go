package localhost_test

import (
	"net/http"
	"net/url"
	"testing"

	"daypass/auth/localhost"
)

func TestIs_loopbackHosts(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "::1": true, "::ffff:127.0.0.1": true, "localhost": true, "LocalHost": false,
		"": false, "localhost.": false, "localhost.example": false, "127.0.0.1.example": false, "0.0.0.0": false, "::": false, "10.0.0.1": false, "127.1": false,
	} {
		if got := localhost.Is(host); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
}

// What may be sent in the clear never goes by a proxy.
func TestRule27_noProxyForLoopback(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://proxy.example:3128")
	for _, host := range []string{"localhost", "LOCALHOST", "LocalHost", "127.0.0.1", "127.9.9.9", "[::1]", "[::ffff:127.0.0.1]"} {
		u, err := url.Parse("http://" + host + ":9000/")
		if err != nil {
			t.Fatal(err)
		}
		proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u})
		if err != nil || proxy != nil && localhost.Is(u.Hostname()) {
			t.Errorf("%s goes by %v, %v", host, proxy, err)
		}
	}
}
