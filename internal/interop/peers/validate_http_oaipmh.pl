# validate_http_oaipmh.pl BASE_URL: what HTTP::OAIPMH::Validator, which the registry of the Open Archives Initiative used, finds of a server; a failure unless that is COMPLIANT.
use strict;
use warnings;
use HTTP::OAIPMH::Validator;

my $validator = HTTP::OAIPMH::Validator->new(base_url => shift);
$validator->log->fh(\*STDOUT);
$validator->run_complete_validation;
die 'the status is ', $validator->status, "\n" if $validator->status ne 'COMPLIANT';
