package guard_test

import (
	"errors"
	"strings"
	"testing"

	"daypass/app/tools/guard"
)

// A container with a network of its own gets no credentials by exec, and the user is told what to do instead.
func TestCheckContainer_refusesOwnNetworks(t *testing.T) {
	for command, refused := range map[string]bool{
		"docker run --rm amazon/aws-cli s3 ls":       true,
		"/usr/bin/podman run -it image":              true,
		"podman --log-level error create image":      true,
		"docker container run image":                 true,
		"nerdctl run --network bridge image":         true,
		"docker run --network=host image":            false,
		"podman run --net host image":                false,
		"docker exec worker run":                     false,
		"docker compose run worker":                  false,
		"docker ps":                                  false,
		"docker push registry.example/image":         false,
		"python3 run":                                false,
		"docker.exe run image":                       true,
		"podman-compose run image":                   false,
		"docker build --network=none -t image ./run": false,
	} {
		err := guard.CheckContainer(strings.Fields(command), "lake")
		if found := new(guard.ContainerError); errors.As(err, &found) != refused {
			t.Errorf("%s: %v", command, err)
		}
	}
	err := guard.CheckContainer([]string{"podman", "run", "image"}, "lake")
	if text := err.Error(); !strings.Contains(text, `eval "$(daypass env lake)"`) || !strings.Contains(text, "podman run -e AWS_ACCESS_KEY_ID -e ") {
		t.Error(text)
	}
}
