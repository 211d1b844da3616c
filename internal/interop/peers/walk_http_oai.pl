# walk_http_oai.pl BASE_URL PREFIX [set=…] [from=…] [until=…]: the records that HTTP::OAI lists, one JSON line each.
use strict;
use warnings;
use HTTP::OAI;
use JSON::PP;

my ($base, $prefix, @selection) = @ARGV;
my $json = JSON::PP->new->utf8;

sub row {
	my $r = shift;
	my %fields;
	if ($r->metadata) {
		push @{ $fields{ $_->localname } }, $_->textContent for $r->metadata->dom->findnodes('.//*[not(*)]');
	}
	print $json->encode({
		identifier => $r->identifier,
		datestamp  => $r->datestamp,
		deleted    => $r->is_deleted ? JSON::PP::true : JSON::PP::false,
		sets       => [ $r->header->setSpec ],
		fields     => \%fields,
	}), "\n";
}

my $list = HTTP::OAI::Harvester->new(baseURL => $base)->ListRecords(
	metadataPrefix => $prefix, map({ split /=/, $_, 2 } @selection), onRecord => \&row);
die $list->code, ' ', $list->message, "\n" if $list->is_error;
die map { $_->code . ': ' . $_->message . "\n" } $list->errors if $list->errors;
