package sigv4

import "net/http"

// Error is why a request is refused, in the terms of S3. It holds nothing of a key or a signature.
type Error struct {
	// Status is that of the HTTP answer.
	Status int
	// Code and Message are those of the answer's XML.
	Code, Message string
}

// Error implements error.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// The errors of this package. Where two of them have the same code, S3 gives them the same.
var (
	ErrUnsigned         = &Error{http.StatusForbidden, "AccessDenied", "The request is not signed."}
	ErrAlgorithm        = &Error{http.StatusBadRequest, "InvalidRequest", "The request is not signed with AWS4-HMAC-SHA256 (Signature Version 4)."}
	ErrTwice            = &Error{http.StatusBadRequest, "InvalidRequest", "The request has more than one signature."}
	ErrHeader           = &Error{http.StatusBadRequest, "AuthorizationHeaderMalformed", "The Authorization header is not that of Signature Version 4 for S3."}
	ErrQuery            = &Error{http.StatusBadRequest, "AuthorizationQueryParametersError", "The query is not that of a presigned URL for S3."}
	ErrDate             = &Error{http.StatusForbidden, "AccessDenied", "The request has no valid x-amz-date."}
	ErrSkew             = &Error{http.StatusForbidden, "RequestTimeTooSkewed", "The request was signed more than 15 minutes ago, or will be."}
	ErrExpired          = &Error{http.StatusForbidden, "AccessDenied", "The presigned URL has expired, or is not valid yet."}
	ErrUnsignedHeader   = &Error{http.StatusForbidden, "AccessDenied", "The request has x-amz- headers that are not signed."}
	ErrSessionToken     = &Error{http.StatusBadRequest, "InvalidToken", "The request has a session token, which this key pair has not."}
	ErrSignature        = &Error{http.StatusForbidden, "SignatureDoesNotMatch", "The signature does not match the request and the secret access key."}
	ErrURI              = &Error{http.StatusBadRequest, "InvalidURI", "The path or the query cannot be decoded."}
	ErrPayload          = &Error{http.StatusBadRequest, "InvalidRequest", "x-amz-content-sha256 is missing, or is no value that is supported here."}
	ErrDecodedLength    = &Error{http.StatusLengthRequired, "MissingContentLength", "x-amz-decoded-content-length is missing or no number."}
	ErrChunk            = &Error{http.StatusBadRequest, "InvalidRequest", "The chunks of the body are malformed."}
	ErrIncomplete       = &Error{http.StatusBadRequest, "IncompleteBody", "The body has another length than x-amz-decoded-content-length says."}
	ErrTrailer          = &Error{http.StatusBadRequest, "MalformedTrailerError", "The trailers of the body are malformed, or not those of x-amz-trailer."}
	ErrChunkSignature   = &Error{http.StatusForbidden, "SignatureDoesNotMatch", "The signature of a chunk of the body does not match."}
	ErrTrailerSignature = &Error{http.StatusForbidden, "SignatureDoesNotMatch", "The signature of the body's trailers does not match."}
)
