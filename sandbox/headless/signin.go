package headless

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
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
	if err := visit(ctx, link, who); err != nil {
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

// visit is the user in front of their browser.
func visit(ctx context.Context, link string, who servers.User) error {
	callback, err := rawhttp.Visit(ctx, link, who.Email, who.Password)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, callback, http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}
