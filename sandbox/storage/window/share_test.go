package window

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"daypass/sandbox/servers"
)

// A link that is shared is fetched with curl until its end, which is the end of the keys, and refused
// from then on. It is the same link in the QR code and in the command for curl.
func TestShare_link(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	const name, content = "50% off & more: it's (new) ü.txt", "Only for those with the link.\n"
	s.put(bucket, name, content)
	s.path("s3://" + bucket)
	s.click(name, 0)
	s.press("share")
	s.see("The link expires with the credentials that signed it. Renew them first to get a link that is valid longer.")
	keys, err := s.Keys(s.ctx, "lake")
	s.must(err)
	s.press("share.renew")
	s.see("Waiting for new credentials")
	s.read("Expires today")
	newer, err := s.Keys(s.ctx, "lake")
	s.must(err)
	if !newer.ExpiresAt.After(keys.ExpiresAt) {
		t.Errorf("renewed, the keys end at %s, and before at %s", newer.ExpiresAt, keys.ExpiresAt)
	}

	s.press("share.copy-link")
	link := s.copied("http")
	if out, err := curl(link); err != nil || out != content {
		t.Fatalf("curl gives %q, %v", out, err)
	}
	if got := s.scan(); got != link {
		t.Errorf("the code says %q", got)
	}
	s.press("share.copy-curl")
	command := exec.Command("sh", "-c", s.copied("curl"))
	command.Dir = s.folder
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	s.file(s.folder+"/"+name, content)

	time.Sleep(time.Until(newer.ExpiresAt.Add(-3 * time.Second)))
	if out, err := curl(link); err != nil || out != content {
		t.Errorf("just before its end: %q, %v", out, err)
	}
	time.Sleep(time.Until(newer.ExpiresAt.Add(2 * time.Second)))
	if got := status(t, link); got != http.StatusForbidden {
		t.Errorf("after its end the server answers %d", got)
	}
	if out, err := curl(link); err == nil {
		t.Errorf("after its end curl gives %q", out)
	}
}

func curl(link string) (string, error) {
	out, err := exec.Command("curl", "--silent", "--show-error", "--fail", link).Output()
	return string(out), err
}

func status(t *testing.T, link string) int {
	t.Helper()
	res, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

// scan reads the QR code from what is on screen, as a telephone does.
func (s *scene) scan() (text string) {
	s.t.Helper()
	s.press("share.show-qr")
	s.see("QR code of the link")
	s.until("a code that can be read", func() bool {
		seen, err := gozxing.NewBinaryBitmapFromImage(s.window.Window().Canvas().Capture())
		s.must(err)
		found, err := qrcode.NewQRCodeReader().Decode(seen, nil)
		if err != nil {
			return false
		}
		text = found.GetText()
		return true
	})
	return text
}

// copied waits for a text on the clipboard that begins with start.
func (s *scene) copied(start string) (text string) {
	s.t.Helper()
	s.until("“"+start+"” on the clipboard", func() bool {
		text = fyne.CurrentApp().Clipboard().Content()
		return strings.HasPrefix(text, start)
	})
	return text
}
