package headless

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"

	"daypass/sandbox/rawhttp"
	"daypass/sandbox/servers"
)

var linkPattern = regexp.MustCompile(`http://\S+`)

// SignIn signs in as a user does: with `daypass login`, whose link is opened in a browser.
func (r *Rig) SignIn(ctx context.Context, id string, who servers.User) error {
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	cmd := r.Command(ctx, r.Program, "login", id)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	var words bytes.Buffer
	cmd.Stderr = &words
	if err := cmd.Start(); err != nil {
		return err
	}
	link, err := findLink(out)
	if err != nil {
		ended := cmd.Wait() // and with it what it said
		return fmt.Errorf("daypass login gives no link: %w: %s", errors.Join(err, ended), &words)
	}
	if err := rawhttp.SignIn(ctx, link, who.Email, who.Password); err != nil {
		return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("daypass login: %w: %s", err, &words)
	}
	return nil
}

// findLink reads lines until there is one with a link.
func findLink(out io.Reader) (string, error) {
	for lines := bufio.NewReader(out); ; {
		line, err := lines.ReadString('\n')
		if link := linkPattern.FindString(line); link != "" {
			return link, nil
		}
		if err != nil {
			return "", err
		}
	}
}
