package agent

import (
	"context"
	"encoding/json"
	"net/http"

	"daypass/app"
)

// Watch implements app.Core. The channel is also closed when the agent goes away; Ensure then gives
// a new Client, whose Watch begins with the whole state again.
func (c *Client) Watch(ctx context.Context) <-chan app.Snapshot {
	slot := make(chan app.Snapshot, 1)
	go func() {
		defer close(slot)
		c.follow(ctx, slot)
	}()
	return slot
}

func (c *Client) follow(ctx context.Context, slot chan app.Snapshot) {
	resp, err := c.send(ctx, http.MethodGet, "/v1/watch", nil)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return
	}
	for lines := json.NewDecoder(resp.Body); ; {
		var s app.Snapshot
		if lines.Decode(&s) != nil {
			return
		}
		select { // the latest wins over what nobody has read yet
		case <-slot:
		default:
		}
		slot <- s
	}
}
