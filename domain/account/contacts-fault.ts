import type { AccountContacts, PrivacyOfficer, Sender } from './events.ts';
import type { AccountRejection } from './rejections.ts';

/**
 * Why these contacts cannot stand in a message; undefined when they can. A message names the sender, a
 * postal address and a telephone, e-mail or web address (C-21: SOR/2012-36 s. 2), and a consent request
 * says the same (C-17: s. 4); Quebec's law wants a privacy officer named (P-39.1 s. 3.1).
 */
export const contactsFault = (contacts: AccountContacts): AccountRejection | undefined =>
  senderFault(contacts.sender) ?? officerFault(contacts.privacyOfficer);

const isBlank = (text: string): boolean => text.trim() === '';
/** Whether mail could go there. What is in front of the @ is the receiving host's affair. */
const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>(),;:"]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/?#]+\.[^\s]+$/i.test(text);
/** A line break in one of these would end a mail header. */
const hasLineBreak = (text: string): boolean => /[\r\n]/.test(text);

const senderFault = (sender: Sender): AccountRejection | undefined => {
  if (isBlank(sender.name) || hasLineBreak(sender.name)) {
    return {
      code: 'sender-name-missing',
      message: 'Give the name under which the sender does business, on one line.',
      path: 'sender.name',
    };
  }
  if (!isEmail(sender.email)) {
    return {
      code: 'sender-email-invalid',
      message: 'Give the address that mail comes from, such as news@example.org.',
      path: 'sender.email',
    };
  }
  if (isBlank(sender.postalAddress)) {
    return {
      code: 'sender-address-missing',
      message: 'Give a postal address: the law wants one in each message.',
      path: 'sender.postalAddress',
    };
  }
  return behalfFault(sender) ?? reachFault(sender);
};

/** Who asks and for whom are two, and both are named (C-17, C-21). */
const behalfFault = ({ name, onBehalfOf }: Sender): AccountRejection | undefined => {
  if (onBehalfOf === undefined) return undefined;
  const isClear =
    !isBlank(onBehalfOf) && !hasLineBreak(onBehalfOf) && !isSameName(onBehalfOf, name);
  return isClear
    ? undefined
    : {
        code: 'on-behalf-unclear',
        message:
          'Name the one on whose behalf the sender writes, on one line and apart from the sender, or leave it out.',
        path: 'sender.onBehalfOf',
      };
};

const isSameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

const reachFault = ({ phone, contactEmail, web }: Sender): AccountRejection | undefined => {
  const given = [phone, contactEmail, web].filter((way) => way !== undefined && !isBlank(way));
  if (given.length === 0) {
    return {
      code: 'sender-contact-missing',
      message: 'Give a telephone number, an e-mail address or a web address to reach the sender.',
      path: 'sender',
    };
  }
  const invalid = (path: string): AccountRejection => ({
    code: 'sender-contact-invalid',
    message: 'Correct this contact: people must be able to reach the sender by it.',
    path: `sender.${path}`,
  });
  if (phone !== undefined && !/\d{3}/.test(phone.replaceAll(/\D/g, ''))) return invalid('phone');
  if (contactEmail !== undefined && !isEmail(contactEmail)) return invalid('contactEmail');
  return web !== undefined && !isWebAddress(web) ? invalid('web') : undefined;
};

const officerFault = (officer: PrivacyOfficer): AccountRejection | undefined => {
  if (isBlank(officer.title)) {
    return {
      code: 'privacy-officer-missing',
      message: 'Give the title of the person who answers for personal data.',
      path: 'privacyOfficer.title',
    };
  }
  return isEmail(officer.email)
    ? undefined
    : {
        code: 'privacy-officer-email-invalid',
        message: 'Give an e-mail address at which people reach the privacy officer.',
        path: 'privacyOfficer.email',
      };
};
